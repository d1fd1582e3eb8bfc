import { RulerCase } from './ruler-case';

/**
 * The operators. Sources:
 * https://github.com/aws/event-ruler/blob/main/README.md, from "Simple matching" to "Exists matching";
 * https://github.com/aws/event-ruler/tree/main/src/test/software/amazon/event/ruler, ACMachineTest and JsonRuleCompilerTest;
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html;
 * https://github.com/localstack/localstack/tree/main/tests/aws/services/events/event_pattern_templates, recorded on AWS.
 */
export const OPERATOR_CASES: readonly RulerCase[] = [
  { says: 'a plain value matches itself, of the same type', pattern: { a: ['5', true, null] }, matches: [{ a: '5' }, { a: true }, { a: null }], matchesNot: [{ a: 5 }, { a: 'true' }, { a: 'null' }, { a: '' }, {}] },
  { says: 'an empty text is a value of its own', pattern: { a: [''] }, matches: [{ a: '' }], matchesNot: [{ a: null }, {}, { a: [] }] },
  { says: 'a number is compared by its value, however it is written', pattern: { a: [300] }, matches: [{ a: 300.0 }, { a: 3.0e2 }], matchesNot: [{ a: '300' }, { a: 301 }] },
  { says: 'an account number is a number as any other', pattern: { a: [123456789012] }, matches: [{ a: 123456789012 }], matchesNot: [{ a: '123456789012' }] },
  { says: 'exactly is a plain text', pattern: { a: [{ exactly: 'x' }] }, matches: [{ a: 'x' }], matchesNot: [{ a: 'X' }] },
  { says: 'a prefix is of a text, and keeps case', pattern: { a: [{ prefix: 'zoo' }] }, matches: [{ a: 'zoo' }, { a: 'zookeeper' }], matchesNot: [{ a: 'Zookeeper' }, { a: 'a zoo' }, { a: ['z', 'oo'] }] },
  { says: 'an empty prefix matches every text, and nothing else', pattern: { a: [{ prefix: '' }] }, matches: [{ a: '' }, { a: 'x' }], matchesNot: [{ a: 1 }, { a: null }, {}] },
  { says: 'a prefix of digits is not one of a number', pattern: { a: [{ prefix: '1' }] }, matches: [{ a: '12' }], matchesNot: [{ a: 12 }] },
  { says: 'a suffix is of a text, and keeps case', pattern: { a: [{ suffix: '.png' }] }, matches: [{ a: 'x.png' }, { a: '.png' }], matchesNot: [{ a: 'x.PNG' }, { a: 'x.png ' }] },
  { says: 'a prefix can ignore case', pattern: { a: [{ prefix: { 'equals-ignore-case': 'EventB' } }] }, matches: [{ a: 'eventbridge' }, { a: 'EVENTB' }], matchesNot: [{ a: 'event' }] },
  { says: 'a suffix can ignore case', pattern: { a: [{ suffix: { 'equals-ignore-case': 'TBridge' } }] }, matches: [{ a: 'eventbridge' }, { a: 'EVENTBRIDGE' }], matchesNot: [{ a: 'tbridges' }] },
  { says: 'equals-ignore-case compares each character in both cases', pattern: { a: [{ 'equals-ignore-case': 'jAvÜ' }] }, matches: [{ a: 'JAVÜ' }, { a: 'javü' }], matchesNot: [{ a: 'java' }, { a: 'javü ' }] },
  { says: 'equals-ignore-case of an empty text is the empty text', pattern: { a: [{ 'equals-ignore-case': '' }] }, matches: [{ a: '' }], matchesNot: [{ a: ' ' }, { a: null }] },
  { says: 'equals-ignore-case takes a character whose upper case is two', pattern: { a: [{ 'equals-ignore-case': 'straße' }] }, matches: [{ a: 'STRASSE' }], matchesNot: [{ a: 'STRASE' }] },
  { says: 'a star is any text, also none', pattern: { a: [{ wildcard: 'dir/*.png' }] }, matches: [{ a: 'dir/.png' }, { a: 'dir/sub/x.png' }, { a: 'dir/x\n.png' }], matchesNot: [{ a: 'dir.png' }, { a: 'a/dir/x.png' }] },
  { says: 'stars must not overlap what is between them', pattern: { a: [{ wildcard: 'xy*yx' }] }, matches: [{ a: 'xyyx' }, { a: 'xy-yx' }], matchesNot: [{ a: 'xyx' }] },
  { says: 'several stars take the texts between them in order', pattern: { a: [{ wildcard: '*a*b*c*' }] }, matches: [{ a: 'abc' }, { a: '-a-b-c-' }], matchesNot: [{ a: 'acb' }] },
  { says: 'a star alone matches every text', pattern: { a: [{ wildcard: '*' }] }, matches: [{ a: '' }, { a: 'x' }], matchesNot: [{ a: 1 }, {}] },
  { says: 'an escaped star is a star, an escaped backslash a backslash', pattern: { a: [{ wildcard: 'a\\*b\\\\*' }] }, matches: [{ a: 'a*b\\' }, { a: 'a*b\\x' }], matchesNot: [{ a: 'axb\\' }, { a: 'a*b' }] },
  { says: 'what means something in other patterns means itself', pattern: { a: [{ wildcard: '(.?[x])$*' }] }, matches: [{ a: '(.?[x])$' }], matchesNot: [{ a: 'x' }] },
  { says: 'a range has a lower and an upper bound', pattern: { a: [{ numeric: ['>', 0, '<=', 5] }] }, matches: [{ a: 5 }, { a: 0.1 }], matchesNot: [{ a: 0 }, { a: 5.1 }, { a: '3' }, { a: null }] },
  { says: 'a bound can be alone', pattern: { a: [{ numeric: ['<', 10] }], b: [{ numeric: ['>=', -1.5] }] }, matches: [{ a: 9.99, b: -1.5 }], matchesNot: [{ a: 10, b: 0 }, { a: 1, b: -1.6 }] },
  { says: 'numeric equality is of values', pattern: { a: [{ numeric: ['=', 3.018e2] }] }, matches: [{ a: 301.8 }], matchesNot: [{ a: '301.8' }] },
  { says: 'numbers have the range of doubles', pattern: { a: [{ numeric: ['>', 5e9] }] }, matches: [{ a: 5000000001 }, { a: 1e300 }], matchesNot: [{ a: 5e9 }] },
  { says: 'a block of addresses matches those in it', pattern: { a: [{ cidr: '10.0.0.0/24' }] }, matches: [{ a: '10.0.0.0' }, { a: '10.0.0.255' }], matchesNot: [{ a: '10.0.1.0' }, { a: '10.0.0.256' }, { a: 'host' }, { a: 10 }] },
  { says: 'a block is that of any address in it', pattern: { a: [{ cidr: '10.1.2.3/8' }] }, matches: [{ a: '10.255.0.1' }], matchesNot: [{ a: '11.0.0.1' }] },
  { says: 'a block can be of IPv6', pattern: { a: [{ cidr: '2001:db8::/32' }] }, matches: [{ a: '2001:db8::1' }, { a: '2001:0DB8:ffff:0:0:0:0:1' }], matchesNot: [{ a: '2001:db9::1' }, { a: '10.0.0.1' }] },
  { says: 'an IPv4 address can be written as an IPv6 address', pattern: { a: [{ cidr: '10.0.0.0/8' }] }, matches: [{ a: '::ffff:a01:203' }], matchesNot: [{ a: '::a01:203' }] },
  { says: 'an address as a plain value means all ways to write it', pattern: { a: ['2001:db8::1'] }, matches: [{ a: '2001:0db8:0:0:0:0:0:1' }], matchesNot: [{ a: '2001:db8::2' }] },
  { says: 'anything-but matches a value of any type that is not listed', pattern: { a: [{ 'anything-but': ['x', 'y'] }] }, matches: [{ a: 'z' }, { a: 5 }, { a: null }, { a: true }, { a: '' }], matchesNot: [{ a: 'x' }, {}] },
  { says: 'anything-but of numbers lets texts pass', pattern: { a: [{ 'anything-but': 5 }] }, matches: [{ a: '5' }, { a: 6 }], matchesNot: [{ a: 5.0 }, {}] },
  { says: 'anything-but matches a list that has another value too', pattern: { a: [{ 'anything-but': 'x' }] }, matches: [{ a: ['x', 'y'] }], matchesNot: [{ a: ['x'] }, { a: [] }] },
  { says: 'anything-but can have prefixes', pattern: { a: [{ 'anything-but': { prefix: ['init', 'err'] } }] }, matches: [{ a: 'running' }, { a: 1 }, { a: null }], matchesNot: [{ a: 'initializing' }, { a: 'error' }] },
  { says: 'anything-but can have suffixes', pattern: { a: [{ 'anything-but': { suffix: '.png' } }] }, matches: [{ a: 'x.jpg' }], matchesNot: [{ a: 'x.png' }] },
  { says: 'anything-but can ignore case', pattern: { a: [{ 'anything-but': { 'equals-ignore-case': ['Stopped', 'OverLoaded'] } }] }, matches: [{ a: 'running' }], matchesNot: [{ a: 'STOPPED' }, { a: 'overloaded' }] },
  { says: 'anything-but can have wildcards', pattern: { a: [{ 'anything-but': { wildcard: ['*/bin/*.jar', '*/bin/*.class'] } }] }, matches: [{ a: 'a/lib/x.jar' }], matchesNot: [{ a: 'a/bin/x.jar' }, { a: '/bin/.class' }] },
  { says: 'exists matches a leaf, whatever its value', pattern: { a: [{ exists: true }] }, matches: [{ a: null }, { a: '' }, { a: [0] }], matchesNot: [{}, { a: {} }, { a: { b: 1 } }, { a: [] }] },
  { says: 'exists false matches where there is no leaf', pattern: { a: [{ exists: false }] }, matches: [{ b: 1 }, { a: { b: 1 } }, { a: {} }, { a: [] }, {}], matchesNot: [{ a: null }, { a: '' }] },
  { says: 'exists false goes with other patterns of the same leaf', pattern: { a: [{ exists: false }, 'x'] }, matches: [{}, { a: 'x' }], matchesNot: [{ a: 'y' }] },
];
