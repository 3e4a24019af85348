echo before
for
