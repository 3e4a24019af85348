# Stars of bash that match directories at any depth: in a row, between names, after a name with and without special characters.
mkdir -p d/a/b/a d/c; touch d/x.c d/a/y.c d/a/b/z.c d/.h d/a/b/a/w.c; cd d; shopt -s globstar
for p in '**' '**/' '**/*.c' 'a/**' '**/b' '**/**/z.c' './**/*' '*/' 'a/**/' '**/a/**' 'x**' '**.c' '**/**' '**/**/' 'a/**/**' '**/a/**/*.c' '**/b/../*' '*/**' '**/*/**' '/nosuch/**' '**/nosuch'; do
  echo "== echo $p"; echo $p
done
cd ..; rm -r d
