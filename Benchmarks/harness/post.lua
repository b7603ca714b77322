-- Makes wrk POST the JSON that follows its "--", and prints how many good answers it got in how many seconds, between
-- the first and the last moment at which it had a multiple of as many answers as there are connections. What is half done
-- when it begins or ends would else weigh on slow answers, most where a peer works at all of them side by side, so that
-- they come together. For one thread. With "patient" at the end, whoever is refused waits as long as Retry-After says.

local ffi = require("ffi")
ffi.cdef("typedef struct { long seconds, nanoseconds; } instant; int clock_gettime(int clock, instant *time);")
local monotonic, time = 1, ffi.new("instant")

local connections, answers, good, first = 0, 0, 0, nil
local only
waits = {}

local function now()
    ffi.C.clock_gettime(monotonic, time)
    return tonumber(time.seconds) + tonumber(time.nanoseconds) / 1e9
end

function setup(thread)
    only = thread
end

function init(arguments)
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
    wrk.body = arguments[1]
    connections = tonumber(arguments[2])
    if arguments[3] == "patient" then delay = wait end
end

-- wrk does not say whose delay it asks for; all connections are alike.
function wait()
    return table.remove(waits) or 0
end

function response(status, headers)
    if delay and status == 503 then table.insert(waits, 1000 * tonumber(headers["Retry-After"])) end
    answers = answers + 1
    if first and status == 200 then good = good + 1 end
    if answers % connections == 0 then
        if first then steady = string.format("%d in %.6f", good, now() - first) end
        first = first or now()
    end
end

function done()
    print("steady: " .. (only:get("steady") or "none"))
end
