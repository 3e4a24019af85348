exec 5> f; echo a >&5; exec 6>&5-; echo b >&6; echo c >&5; echo $?; exec 6>&-; cat f
exec 7<> rw; echo hi >&7; exec 7>&-; cat rw
