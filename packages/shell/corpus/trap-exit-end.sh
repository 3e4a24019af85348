trap 'echo end $?' EXIT
false
