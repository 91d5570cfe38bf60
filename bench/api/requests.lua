-- Sends requests picked from a file (one per line: verb, path, body, separated by tabs) as a signed-in person.
-- Every write carries a key of its own, as the app's do. Answers that are not 200 are counted and reported.
local requests = {}
local headers = { ["X-Groundwork"] = "1", ["Content-Type"] = "application/json" }
local threads = {}
local sent = 0

function setup(thread)
    thread:set("number", #threads)
    table.insert(threads, thread)
end

function init(arguments)
    for line in io.lines(arguments[1]) do
        local verb, path, body = line:match("^([^\t]*)\t([^\t]*)\t?(.*)$")
        table.insert(requests, { verb = verb, path = path, body = body })
    end
    if arguments[2] and arguments[2] ~= "" then headers["Cookie"] = arguments[2] end
    key = (arguments[3] or "bench") .. "-" .. number .. "-"
    math.randomseed(21 + number)
    refused = 0
    first_refusal = ""
end

function request()
    local chosen = requests[math.random(#requests)]
    sent = sent + 1
    if chosen.verb == "GET" then return wrk.format("GET", chosen.path, headers) end
    headers["Idempotency-Key"] = key .. sent
    return wrk.format(chosen.verb, chosen.path, headers, chosen.body)
end

function response(status, _, body)
    if status == 200 then return end
    refused = refused + 1
    if first_refusal == "" then first_refusal = status .. " " .. body:sub(1, 300) end
end

function done(summary, latency)
    local refusals, first = 0, ""
    for _, thread in ipairs(threads) do
        refusals = refusals + thread:get("refused")
        if first == "" then first = thread:get("first_refusal") end
    end
    local wrong = refusals + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
    io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), wrong))
    if first ~= "" then io.write("REFUSED " .. first .. "\n") end
end
