-- How the rows' values add up: SUM (counts as well), MIN or MAX.
local KIND = ARGV[1]
