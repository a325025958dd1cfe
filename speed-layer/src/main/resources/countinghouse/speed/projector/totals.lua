-- The totals of the rows of one account and meter: KEYS[2] is a hash of bucket to 'n|value|first cell|last cell', and for counts and sums
-- KEYS[3] a hash of dimensions to 'n|value' and KEYS[4] the same dimensions in the order of their values. They change in the same
-- call as the rows and by the difference of two absolute rows, so that a row written twice changes nothing.
local totals, tops = {}, {}

local function parts_of_field(field)
  return string.match(field, '^(%-?%d+)|(%-?%d+)|[^|]*|(.*)$')
end

local function add(sums, name, sign, n, value, cell)
  local sum = sums[name]
  if not sum then
    sum = { n = 0, value = ZERO }
    sums[name] = sum
  end
  sum.n = sum.n + sign * n
  if KIND == 'SUM' then
    sum.value = sign > 0 and plus(sum.value, value) or minus(sum.value, value)
  elseif sign > 0 and (not sum.best or (KIND == 'MIN') == less(value, sum.best)) then
    sum.best = value
  end
  sum.first = math.min(sum.first or cell, cell)
  sum.last = math.max(sum.last or cell, cell)
end

-- Takes note that the row of a field was (sign -1) or is (sign 1) a value.
local function note(field, row, sign)
  local n, value = string.match(row, '^(%d+)|([^|]*)')
  local bucket, cell, dimensions = parts_of_field(field)
  if not n or not bucket then
    return
  end
  n, value, cell = tonumber(n), decimal(value), tonumber(cell)
  add(totals, bucket, sign, n, value, cell)
  if KIND == 'SUM' and dimensions ~= '{}' then
    add(tops, dimensions, sign, n, value, cell)
  end
end

local function changed(stored, change)
  local n, value, first, last = change.n, change.value, change.first, change.last
  if KIND ~= 'SUM' then
    value = change.best
  end
  if stored then
    local old_n, old_value, old_first, old_last = string.match(stored, '^(%d+)|([^|]*)|?(%-?%d*)|?(%-?%d*)$')
    n = n + tonumber(old_n)
    old_value = decimal(old_value)
    if KIND == 'SUM' then
      value = plus(old_value, value)
    elseif not value or (KIND == 'MIN') == less(old_value, value) then
      value = old_value
    end
    first = math.min(first, tonumber(old_first) or first)
    last = math.max(last, tonumber(old_last) or last)
  end
  return n, value, first, last
end

local function write_totals()
  for bucket, change in pairs(totals) do
    local n, value, first, last = changed(redis.call('HGET', KEYS[2], bucket), change)
    if n <= 0 then
      redis.call('HDEL', KEYS[2], bucket)
    else
      redis.call('HSET', KEYS[2], bucket, string.format('%.0f|%s|%.0f|%.0f', n, text(value), first, last))
    end
  end
  for dimensions, change in pairs(tops) do
    local n, value = changed(redis.call('HGET', KEYS[3], dimensions), change)
    if n <= 0 then
      redis.call('HDEL', KEYS[3], dimensions)
      redis.call('ZREM', KEYS[4], dimensions)
    else
      redis.call('HSET', KEYS[3], dimensions, string.format('%.0f|%s', n, text(value)))
      redis.call('ZADD', KEYS[4], text(value), dimensions)
    end
  end
end
