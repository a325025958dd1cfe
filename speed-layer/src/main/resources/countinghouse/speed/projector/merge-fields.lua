-- Merges fields into the hash KEYS[1]. ARGV holds pairs of field and value 'n|...'; an empty value deletes the field.
-- n only grows within an epoch, so the one with the higher n is the newer one, in whatever order they arrive. It is compared as
-- digits (more digits are more): Lua's own numbers are exact only to 2^53.
local function is_newer(old, new)
  local old_n = string.match(old, '^%d+')
  local new_n = string.match(new, '^%d+')
  if #old_n ~= #new_n then
    return #new_n > #old_n
  end
  return new_n >= old_n
end

for i = 1, #ARGV, 2 do
  local field, value = ARGV[i], ARGV[i + 1]
  if value == '' then
    redis.call('HDEL', KEYS[1], field)
  else
    local old = redis.call('HGET', KEYS[1], field)
    if not old or not string.match(old, '^%d+') or is_newer(old, value) then
      redis.call('HSET', KEYS[1], field, value)
    end
  end
end
return #ARGV / 2
