// The usual backend in Go: Gin, golang-jwt, x/crypto/bcrypt and go-sqlite3, as Debian packages them. The environment says
// where the database is and what the secret is.
//
// Usage: gin SOCKET
package main

import (
	"database/sql"
	"errors"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/golang-jwt/jwt"
	_ "github.com/mattn/go-sqlite3"
	"golang.org/x/crypto/bcrypt"
)

const lifetime = time.Hour

type credentials struct {
	Username string `json:"username" binding:"required"`
	Password string `json:"password" binding:"required"`
}

type backend struct {
	database *sql.DB
	find     *sql.Stmt
	insert   *sql.Stmt
	secret   []byte
}

func newBackend(path string, secret []byte) (*backend, error) {
	database, err := sql.Open("sqlite3", path+"?_journal_mode=WAL&_synchronous=NORMAL&_busy_timeout=5000")
	if err != nil {
		return nil, err
	}
	schema := `CREATE TABLE IF NOT EXISTS users (username TEXT PRIMARY KEY, password TEXT NOT NULL) WITHOUT ROWID`
	if _, err = database.Exec(schema); err != nil {
		return nil, err
	}
	b := &backend{database: database, secret: secret}
	if b.find, err = database.Prepare(`SELECT password FROM users WHERE username = ?`); err != nil {
		return nil, err
	}
	b.insert, err = database.Prepare(`INSERT OR IGNORE INTO users (username, password) VALUES (?, ?)`)
	return b, err
}

func (b *backend) register(c *gin.Context) {
	var given credentials
	if err := c.ShouldBindJSON(&given); err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "username and password are required"})
		return
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(given.Password), 10)
	if err != nil {
		c.JSON(http.StatusUnprocessableEntity, gin.H{"error": "unusable password"})
		return
	}
	result, err := b.insert.Exec(given.Username, string(hash))
	if err != nil {
		c.JSON(http.StatusServiceUnavailable, gin.H{"error": "try again"})
		return
	}
	if rows, _ := result.RowsAffected(); rows == 0 {
		c.JSON(http.StatusConflict, gin.H{"error": "username is taken"})
		return
	}
	c.JSON(http.StatusOK, gin.H{"message": "user registered successfully"})
}

func (b *backend) login(c *gin.Context) {
	var given credentials
	if err := c.ShouldBindJSON(&given); err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "username and password are required"})
		return
	}
	var stored string
	err := b.find.QueryRow(given.Username).Scan(&stored)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		c.JSON(http.StatusServiceUnavailable, gin.H{"error": "try again"})
		return
	}
	if err != nil || bcrypt.CompareHashAndPassword([]byte(stored), []byte(given.Password)) != nil {
		c.JSON(http.StatusUnauthorized, gin.H{"error": "invalid credentials"})
		return
	}
	now := time.Now()
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.StandardClaims{
		Subject:   given.Username,
		IssuedAt:  now.Unix(),
		ExpiresAt: now.Add(lifetime).Unix(),
	}).SignedString(b.secret)
	if err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "no token"})
		return
	}
	c.JSON(http.StatusOK, gin.H{"token": token})
}

// authenticate lets a request with a valid token through and says whose it is.
func (b *backend) authenticate(c *gin.Context) {
	authorization := c.GetHeader("Authorization")
	if authorization == "" {
		c.AbortWithStatusJSON(http.StatusUnauthorized, gin.H{"error": "missing token"})
		return
	}
	var claims jwt.StandardClaims
	parser := jwt.Parser{ValidMethods: []string{"HS256"}}
	_, err := parser.ParseWithClaims(strings.TrimPrefix(authorization, "Bearer "), &claims,
		func(*jwt.Token) (interface{}, error) { return b.secret, nil })
	if err != nil {
		c.AbortWithStatusJSON(http.StatusUnauthorized, gin.H{"error": "invalid token"})
		return
	}
	c.Set("username", claims.Subject)
}

func (b *backend) posts(c *gin.Context) {
	c.JSON(http.StatusOK, gin.H{"message": "Welcome " + c.GetString("username")})
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: gin SOCKET")
	}
	b, err := newBackend(os.Getenv("DATABASE_PATH"), []byte(os.Getenv("JWT_SECRET")))
	if err != nil {
		log.Fatal(err)
	}
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.Use(gin.Recovery())
	engine.POST("/register", b.register)
	engine.POST("/login", b.login)
	engine.GET("/api/posts", b.authenticate, b.posts)

	// One that ended without tidying up leaves its socket behind.
	os.Remove(os.Args[1])
	listener, err := net.Listen("unix", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(engine.RunListener(listener))
}
