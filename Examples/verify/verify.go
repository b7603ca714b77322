// Verifies access tokens that a Gatelodge elsewhere has signed, with Go's standard library alone.
//
// Reads tokens, one a line, and says of each whose it is, or why it is refused.
//
// Usage: go run verify.go JWKS-URL ISSUER
package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

// What `jwt.algorithm` of that Gatelodge says. Never what a token says.
const algorithm = "ES256"

// KeySet holds the issuer's public keys: kept for five minutes, and asked for again at most every five seconds.
type KeySet struct {
	url   string
	mutex sync.Mutex
	keys  map[string]*ecdsa.PublicKey
	asked time.Time
}

var client = http.Client{Timeout: 5 * time.Second}

func (set *KeySet) find(id string) (*ecdsa.PublicKey, error) {
	set.mutex.Lock()
	defer set.mutex.Unlock()
	age := time.Since(set.asked)
	key := set.keys[id]
	// A key that is not known may be a new one, or made up by whoever wants us to ask all the time.
	if age < 5*time.Minute && (key != nil || age < 5*time.Second) {
		return key, nil
	}
	set.asked = time.Now()
	reply, err := client.Get(set.url)
	if err != nil {
		return nil, err
	}
	defer reply.Body.Close()
	var published struct {
		Keys []struct{ Kid, Alg, Crv, X, Y string }
	}
	if err := json.NewDecoder(io.LimitReader(reply.Body, 65536)).Decode(&published); err != nil {
		return nil, err
	}
	set.keys = map[string]*ecdsa.PublicKey{}
	for _, jwk := range published.Keys {
		x, xError := decode(jwk.X)
		y, yError := decode(jwk.Y)
		if jwk.Alg != algorithm || jwk.Crv != "P-256" || xError != nil || yError != nil {
			continue
		}
		point := ecdsa.PublicKey{Curve: elliptic.P256(), X: new(big.Int).SetBytes(x), Y: new(big.Int).SetBytes(y)}
		if point.IsOnCurve(point.X, point.Y) {
			set.keys[jwk.Kid] = &point
		}
	}
	return set.keys[id], nil
}

// Claims of an access token that an application needs.
type Claims struct {
	Issuer   string   `json:"iss"`
	Subject  string   `json:"sub"`
	Audience audience `json:"aud"`
	Expiry   int64    `json:"exp"`
	Username string   `json:"username"`
	Roles    []string `json:"roles"`
}

// One name, or several (RFC 7519 §4.1.3).
type audience []string

func (names *audience) UnmarshalJSON(text []byte) error {
	var name string
	if json.Unmarshal(text, &name) == nil {
		*names = audience{name}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(names))
}

func (names audience) contains(name string) bool {
	for _, other := range names {
		if other == name {
			return true
		}
	}
	return false
}

// verify gives the claims of a good token.
func verify(token string, keys *KeySet, issuer string) (*Claims, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 || len(token) > 4096 {
		return nil, errors.New("this is no token")
	}
	var header struct {
		Alg, Kid, Typ string
		Crit          json.RawMessage
	}
	if err := read(parts[0], &header); err != nil {
		return nil, err
	}
	// Other kinds of tokens may be signed with the same key, and `crit` names what a verifier must understand.
	if !strings.EqualFold(header.Typ, "at+jwt") || header.Crit != nil {
		return nil, errors.New("this is no access token")
	}
	if header.Alg != algorithm {
		return nil, errors.New("the algorithm is not " + algorithm)
	}
	key, err := keys.find(header.Kid)
	if err != nil {
		return nil, err
	}
	if key == nil {
		return nil, errors.New("the key is not known")
	}
	signature, err := decode(parts[2])
	if err != nil || len(signature) != 64 {
		return nil, errors.New("this is no signature")
	}
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	r, s := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])
	if !ecdsa.Verify(key, digest[:], r, s) {
		return nil, errors.New("the signature is wrong")
	}
	var claims Claims
	if err := read(parts[1], &claims); err != nil {
		return nil, err
	}
	if claims.Expiry <= time.Now().Unix() {
		return nil, errors.New("the token has expired")
	}
	if claims.Issuer != issuer || !claims.Audience.contains(issuer) {
		return nil, errors.New("the token is of another issuer, or for somebody else")
	}
	return &claims, nil
}

func read(part string, value any) error {
	text, err := decode(part)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, value)
}

// decode reads base64url (RFC 4648 §5) without padding, in the one spelling that the bytes have.
func decode(text string) ([]byte, error) {
	if strings.ContainsAny(text, "\r\n") {
		return nil, errors.New("this is no base64url")
	}
	return base64.RawURLEncoding.Strict().DecodeString(text)
}

func main() {
	keys, issuer := &KeySet{url: os.Args[1]}, os.Args[2]
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		claims, err := verify(strings.TrimSpace(lines.Text()), keys, issuer)
		if err != nil {
			fmt.Println("refused:", err)
			continue
		}
		fmt.Println(claims.Username, claims.Subject)
	}
}
