# After five seconds one path is ten times slower, for five seconds.
simctl at 5s simctl brownout sda 10 5s
