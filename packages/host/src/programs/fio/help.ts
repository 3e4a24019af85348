// help.ts — The text of `fio --help`: the options that are simulated.
export const HELP = `fio-3.33
fio [options] [job options] <job file(s)>
  --parse-only		Parse options only, don't start any IO
  --output		Write output to file
  --output-format=type	Output format (json,json+,normal)
  --version		Print version info and exit
  --help		Print this page
  --readonly		Turn on safety read-only checks, preventing writes
  --section=name	Only run specified section in job file, multiple sections can be specified
`;
