// select-help.ts — The text of -S help: the fields with their types, and the grammar of a selection.
import { REPORT_HELP } from './field-help.ts';
import { FIELDS } from './fields.ts';

const SIZES = /^(?:region|area)_(?:start|len|offset)$/;
const STRINGS = /^(?:hist_.*|program_id|user_data|precise|stats_name|obj_type)$/;

function typeOf(id: string): string {
  if (id === 'help' || id === '?') return 'unselectable number';
  const field = FIELDS.find((known) => known.id === id);
  if (field !== undefined) return field.numeric === true ? 'number' : 'string';
  if (SIZES.test(id)) return 'size';
  return STRINGS.test(id) ? 'string' : 'number';
}

/** The list of fields, which also follows a field that does not exist. */
export const SELECTABLE_FIELDS: string = REPORT_HELP.replaceAll(
  /^ {2}\w+_all +- .*\n/gm,
  '',
).replaceAll(/^ {2}(\S+) +- .*$/gm, (line: string, id: string) => `${line} [${typeOf(id)}]`);

/** The grammar, which also follows an operator that does not fit. */
export const SELECTION_HELP = `Selection operands
------------------
  field               - Reporting field.
  number              - Non-negative integer value.
  size                - Floating point value with units, 'm' unit used by default if not specified.
  percent             - Non-negative integer with or without % suffix.
  string              - Characters quoted by ' or " or unquoted.
  string list         - Strings enclosed by [ ] or { } and elements delimited by either
                        "all items must match" or "at least one item must match" operator.
  regular expression  - Characters quoted by ' or " or unquoted.
 
Selection operators
-------------------
  Comparison operators:
        =~  - Matching regular expression. [regex]
        !~  - Not matching regular expression. [regex]
         =  - Equal to. [number, size, percent, string, string list, time]
        !=  - Not equal to. [number, size, percent, string, string_list, time]
        >=  - Greater than or equal to. [number, size, percent, time]
         >  - Greater than. [number, size, percent, time]
        <=  - Less than or equal to. [number, size, percent, time]
         <  - Less than. [number, size, percent, time]
     since  - Since specified time (same as '>='). [time]
     after  - After specified time (same as '>'). [time]
     until  - Until specified time (same as '<='). [time]
    before  - Before specified time (same as '<'). [time]
 
  Logical and grouping operators:
      &&  - All fields must match
       ,  - All fields must match
      ||  - At least one field must match
       #  - At least one field must match
       !  - Logical negation
       (  - Left parenthesis
       )  - Right parenthesis
       [  - List start
       ]  - List end
       {  - List subset start
       }  - List subset end
 
`;
