trap 'echo x' EXIT INT; trap "it's" TERM; trap -p; trap -p INT; trap - EXIT INT TERM; trap
trap '' HUP; trap; trap : 15; trap 15; trap
