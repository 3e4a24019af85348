RANDOM=42; echo $RANDOM $RANDOM $RANDOM; RANDOM=42; echo $RANDOM
RANDOM=1; a=$RANDOM; b=$RANDOM; echo $a $b; [ $RANDOM -lt 32768 ] && echo range
RANDOM=0; echo $RANDOM; RANDOM=-5; echo $RANDOM
