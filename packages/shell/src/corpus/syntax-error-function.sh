echo before
x ( y )
