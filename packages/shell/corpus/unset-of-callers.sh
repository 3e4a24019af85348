x=outer; drop() { unset x; }; one() { local x=one; drop; echo "<$x>"; drop; echo "<${x-none}>"; }; one; echo "<${x-none}>"
x=outer; two() { local x=two; three; echo "two <$x>"; }; three() { local x=three; drop; echo "three <$x>"; drop; echo "three <$x>"; }; two; echo "<$x>"; own() { local x=own; unset x; echo "<${x-none}>"; x=new; }; own; echo "<$x>"
set -- -a val; while getopts a: opt; do echo $opt $OPTARG; done; echo $OPTIND; set --; getopts a: opt; echo $? $OPTIND; OPTIND=1; set -- -a v; getopts a: 'o-'; echo $? $OPTIND
