# find -printf: one command a case.
setup() {
cd /tmp/case; rm -rf ./*
mkdir d
printf 'a\nb\n' > d/f
ln -s f d/l
chmod 640 d/f
}
setup; echo; echo '== find d -printf ... | sort'; find d -printf '%p|%f|%P|%h|%y|%m|%M|%d|%l|%%|%H\n' | sort; echo "rc=$?"
setup; echo; echo '== find d -maxdepth 0 -printf'; find d -maxdepth 0 -printf '%f %h %P\t\0\101\n' | od -c; echo "rc=$?"
setup; echo; echo '== widths'; find d -printf '%5d|%-8f|\n' -name f | sort | head -1; find d/f -printf '%8s|%-8s|\n'; echo "rc=$?"
setup; echo; echo '== unknown directive'; find d/f -printf '%q %f\n'; echo "rc=$?"
setup; echo; echo '== unknown escape'; find d/f -printf '\q\n'; echo "rc=$?"
setup; echo; echo '== \c ends'; find d/f -printf 'x\cy\n'; echo "rc=$?"
setup; echo; echo '== a percent sign at the end'; find d/f -printf '%'; echo "rc=$?"
setup; echo; echo '== a slash at the end'; find d/ -maxdepth 0 -printf '%f %h %p %P\n'; find / -maxdepth 0 -printf '%f %h %p\n'; echo "rc=$?"
setup; echo; echo '== no format'; find d -printf; echo "rc=$?"
setup; echo; echo '== owners'; find d/f -printf '%u %g %U %G %n\n'; echo "rc=$?"
