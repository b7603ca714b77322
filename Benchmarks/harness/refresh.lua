-- Makes wrk POST refresh tokens from a file, each once; a reply brings the token that is sent next in its place. At the end
-- it prints those that nobody has sent. For one thread, and for at least as many tokens as connections.

local only
local first, last = 1, 0
tokens, left = {}, {}

local function add(token)
    last = last + 1
    tokens[last] = token
end

function setup(thread)
    only = thread
end

function init(arguments)
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
    for token in io.lines(arguments[1]) do add(token) end
end

function request()
    local token = tokens[first]
    tokens[first] = nil
    first = first + 1
    left = { first, last }
    return wrk.format(nil, nil, nil, '{"refresh_token":"' .. token .. '"}')
end

function response(status, headers, body)
    if status == 200 then add(body:match('"refresh_token":"([^"]+)"')) end
    left[2] = last
end

function done()
    local tokens, left = only:get("tokens"), only:get("left")
    for place = left[1], left[2] do print("left: " .. tokens[place]) end
end
