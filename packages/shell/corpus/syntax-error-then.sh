echo before
if true
echo x
fi
