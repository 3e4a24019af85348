// prelude.ts — The functions of jq 1.6 that it defines in its own language. They follow its src/builtin.jq (MIT licence, Copyright (C) 2012 Stephen Dolan),
// whose notice is among those of the packages that are shipped.
import type { Definition } from './node.ts';
import { parseDefinitions } from './parse.ts';

const PRELUDE = `
def map(f): [.[] | f];
def select(f): if f then . else empty end;
def recurse(f): def r: ., (f | r); r;
def recurse(f; cond): def r: ., (f | select(cond) | r); r;
def recurse: recurse(.[]?);
def values: select(. != null);
def nulls: select(. == null);
def booleans: select(type == "boolean");
def numbers: select(type == "number");
def strings: select(type == "string");
def arrays: select(type == "array");
def objects: select(type == "object");
def iterables: select(type|. == "array" or . == "object");
def scalars: select(type|. != "array" and . != "object");
def add: reduce .[] as $x (null; . + $x);
def range($x): range(0; $x);
def range($from; $upto; $by): if $by > 0 then $from|while(. < $upto; . + $by) elif $by < 0 then $from|while(. > $upto; . + $by) else empty end;
def while(cond; update): def _while: if cond then ., (update | _while) else empty end; _while;
def until(cond; update): def _until: if cond then . else (update | _until) end; _until;
def repeat(f): def _repeat: ., (f | _repeat); _repeat;
def to_entries: [keys_unsorted[] as $k | {key: $k, value: .[$k]}];
def from_entries: map({(.key // .k // .name // .Name // .K // .Key | if type == "string" then . else tojson end): (if has("value") then .value elif has("v") then .v else .Value end)}) | add + {} // {};
def with_entries(f): to_entries | map(f) | from_entries;
def map_values(f): .[] |= f;
def del(f): delpaths([path(f)]);
def paths: path(..)|select(length > 0);
def paths(node_filter): . as $dot|paths|select(. as $p|$dot|getpath($p) | node_filter);
def leaf_paths: paths(scalars);
def any: reduce .[] as $x (false; . or $x);
def all: reduce .[] as $x (true; . and $x);
def any(f): reduce (.[] | f) as $x (false; . or $x);
def all(f): reduce (.[] | f) as $x (true; . and $x);
def any(g; cond): isempty(first(g|cond or empty)) | not;
def all(g; cond): isempty(first(g|cond and empty)) ;
def isempty(g): first((g|false), true);
def first(f): label $out | (f | ., break $out);
def last(f): reduce f as $x (null; $x);
def first: .[0];
def last: .[-1];
def nth($n): .[$n];
def nth($n; f): last(limit($n + 1; f));
def limit($n; f): if $n > 0 then label $out | foreach f as $item (0; .+1; $item, if . >= $n then break $out else empty end) elif $n == 0 then empty else f end;
def in(xs): . as $x | xs | has($x);
def inside(xs): . as $x | xs | contains($x);
def index($i): indices($i) | .[0];
def rindex($i): indices($i) | .[-1:][0];
def sort_by(f): _sort_by(map([f]));
def group_by(f): _group_by(map([f]));
def unique: unique_by(.);
def unique_by(f): _unique_by(map([f]));
def min: min_by(.);
def max: max_by(.);
def min_by(f): _min_by(map([f]));
def max_by(f): _max_by(map([f]));
def walk(f): . as $in | if type == "object" then reduce keys_unsorted[] as $key ({}; . + {($key): ($in[$key] | walk(f))}) | f elif type == "array" then map(walk(f)) | f else f end;
def combinations: if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $w | [$x] + $w end;
def combinations(n): . as $dot | [range(n)] | map($dot) | combinations;
def match(re; mode): _match(re; mode; false)|.[];
def match($val): ($val|type) as $vt | if $vt == "string" then match($val; null) else match($val[0]; $val[1]) end;
def test(re; mode): _match(re; mode; true);
def test($val): ($val|type) as $vt | if $vt == "string" then test($val; null) else test($val[0]; $val[1]) end;
def capture(re; mods): match(re; mods) | [.captures | .[] | select(.name != null) | {(.name): .string}] | add // {};
def capture($val): ($val|type) as $vt | if $vt == "string" then capture($val; null) else capture($val[0]; $val[1]) end;
def scan(re): match(re; "g") | if (.captures|length) > 0 then [.captures[] | .string] else .string end;
def splits($re): splits($re; null);
def splits($re; flags): split($re; flags) | .[];
def split($re; flags): . as $s | [foreach ((match($re; flags+"g") | [.offset, .length]), null) as $m ({at: 0, out: null}; if $m == null then .out = $s[.at:] else .out = $s[.at:$m[0]] | .at = $m[0] + $m[1] end; .out)];
def sub($re; str; $flags): . as $in | [match($re; $flags)] | reduce .[] as $m ({at: 0, out: ""}; ($m.captures | map(select(.name != null) | {(.name): .string}) | add // {}) as $c | .out += $in[.at:$m.offset] + ($c | str) | .at = $m.offset + $m.length) | .out + $in[.at:];
def sub($re; str): sub($re; str; "");
def gsub($re; str; $flags): sub($re; str; $flags + "g");
def gsub($re; str): sub($re; str; "g");
def inputs: def r: (try input catch (if . == "No more inputs" then empty else error end)) | (., r); r;
def finites: select(isinfinite or isnan | not);
def tostream: path(def r: (.[]?|r), .; r) as $p | getpath($p) | reduce path(.[]?) as $q ([$p, .]; [$p+$q]);
def IN(s): any(s == .; .);
def IN(src; s): any(src == s; .);
`;

/** Parsed when jq first runs. */
let prelude: ReadonlyMap<string, Definition> | null = null;

/** The definitions, by `NAME/PARAMETERS`. */
export const preludeOf = (): ReadonlyMap<string, Definition> =>
  (prelude ??= new Map(
    parseDefinitions(PRELUDE).map((definition) => [
      `${definition.name}/${definition.parameters.length}`,
      definition,
    ]),
  ));
