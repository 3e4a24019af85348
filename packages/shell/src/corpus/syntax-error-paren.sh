echo before
(echo a
