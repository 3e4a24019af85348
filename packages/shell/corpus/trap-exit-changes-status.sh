trap 'echo cleanup; exit 9' EXIT
exit 2
