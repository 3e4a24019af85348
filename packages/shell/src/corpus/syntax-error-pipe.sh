echo x | | cat
