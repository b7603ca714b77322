-- Makes wrk POST the JSON that follows its "--", and prints how many good answers it got in how many seconds, counted
-- from when it had as many answers as connections, to the last answer. What is half done when it begins or ends would
-- else weigh on slow answers, most where a peer works at all of them side by side. For one thread.

local ffi = require("ffi")
ffi.cdef("typedef struct { long seconds, nanoseconds; } instant; int clock_gettime(int clock, instant *time);")
local monotonic, time = 1, ffi.new("instant")

local connections, answers, good, first, last = 0, 0, 0, 0, 0
local only

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
end

function response(status)
    answers = answers + 1
    if answers == connections then
        first = now()
    elseif answers > connections then
        last = now()
        if status == 200 then good = good + 1 end
    end
    steady = string.format("%d in %.6f", good, last - first)
end

function done()
    print("steady: " .. (only:get("steady") or "none"))
end
