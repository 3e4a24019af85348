# cksum, mkfifo: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
seq 1 20000 > n
}
setup; echo; echo '== cksum'; cksum n /dev/null nope; printf 'hello\n' | cksum; cksum - < n; echo "rc=$?"
setup; echo; echo '== mkfifo'; mkfifo a a; echo "rc=$?"; mkfifo -m 600 b; mkfifo -m xyz c; mkfifo nope/d; mkfifo -m 7777 e; ls -l a b | cut -c1-10; ls -F; stat -c '%F %s %f' a; find . -type p | sort; echo "rc=$?"
setup; echo; echo '== mkfifo without a name'; mkfifo; echo "rc=$?"
setup; echo; echo '== through a pipe'; mkfifo p; cat p & echo data > p; wait; cat p & printf '%s\n' 1 2 > p; wait; echo "rc=$?"
setup; echo; echo '== removed'; mkfifo p; rm -v p; mkfifo q; mv q r; ls -F; echo "rc=$?"
