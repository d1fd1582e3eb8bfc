import { RulerCase } from './ruler-case';
import { JsonObject } from '../../../src/json';

const EMPLOYEES = [{ first: 'John', last: 'Doe' }, { first: 'Anna', last: 'Smith' }, { first: 'Peter', last: 'Jones' }];
const WRITERS: JsonObject = {
  year: 1966,
  genres: [{ pop: true }, { classical: false }],
  songs: [
    { name: 'Paperback Writer', writers: [{ first: 'John', last: 'Lennon' }, { first: 'Paul', last: 'McCartney' }] },
    { name: 'Paint It Black', writers: [{ first: 'Mick', last: 'Jagger' }, { first: 'Keith', last: 'Richards' }] },
  ],
};

/**
 * Objects, lists and `$or`. Sources:
 * https://github.com/aws/event-ruler/blob/main/README.md, "And and Or Relationship", "JSON Array Matching" and "Compiled rules and JSON keys with dots";
 * https://github.com/aws/event-ruler/blob/main/src/test/software/amazon/event/ruler/ACMachineTest.java, songsACTest, intensitiesACTest and testACWithExistFalseRule.
 */
export const STRUCTURE_CASES: readonly RulerCase[] = [
  { says: 'all fields of a pattern must match', pattern: { a: ['x'], b: { c: [1, 2] } }, matches: [{ a: 'x', b: { c: 2 }, d: 0 }], matchesNot: [{ a: 'x' }, { a: 'x', b: { c: 3 } }] },
  { says: 'a list matches with one of its values', pattern: { a: ['x', 'y'] }, matches: [{ a: ['z', 'y'] }], matchesNot: [{ a: ['z'] }, { a: [] }] },
  { says: 'a list of lists matches with its leaves', pattern: { a: ['x'] }, matches: [{ a: [[['x']]] }, { a: [[], ['y', ['x']]] }], matchesNot: [{ a: [['y']] }] },
  { says: 'the objects of a list stand for the list', pattern: { employees: { first: ['Anna'] } }, matches: [{ employees: EMPLOYEES }, { employees: [EMPLOYEES.slice(0, 2), EMPLOYEES.slice(2)] }], matchesNot: [{ employees: EMPLOYEES.slice(2) }, { employees: 'Anna' }] },
  { says: 'fields of two elements of a list are no match', pattern: { employees: { first: ['Anna'], last: ['Jones'] } }, matches: [{ employees: [{ first: 'Anna', last: 'Jones' }] }], matchesNot: [{ employees: EMPLOYEES }, { employees: [EMPLOYEES] }] },
  { says: 'fields of one element match, with fields outside of the list', pattern: { year: [1966], songs: { name: ['Paperback Writer'], writers: { first: ['Paul'], last: ['McCartney'] } } }, matches: [WRITERS], matchesNot: [{ ...WRITERS, year: 1967 }] },
  { says: 'the lists of two elements are not mixed either', pattern: { songs: { name: ['Paperback Writer'], writers: { first: ['Mick'] } } }, matches: [{ songs: [{ name: 'Paperback Writer', writers: [{ first: 'Mick' }] }] }], matchesNot: [WRITERS] },
  { says: 'elements of a list within one element are not mixed', pattern: { songs: { writers: { first: ['Paul'], last: ['Lennon'] } } }, matches: [], matchesNot: [WRITERS] },
  { says: 'elements of two lists can match together', pattern: { genres: { pop: [true] }, songs: { name: ['Paint It Black'] } }, matches: [WRITERS], matchesNot: [{ ...WRITERS, genres: [] }] },
  { says: 'plain values of one list match together with its objects', pattern: { a: ['x'], b: [1] }, matches: [{ a: ['y', 'x'], b: [2, 1] }], matchesNot: [{ a: ['y'], b: [1] }] },
  { says: 'exists false looks into the element in which the fields before it in the alphabet match', pattern: { tasks: { id: ['a'], reason: [{ exists: false }] } }, matches: [{ tasks: [{ id: 'a' }, { id: 'b', reason: 1 }] }], matchesNot: [{ tasks: [{ id: 'a', reason: 1 }, { id: 'b' }] }] },
  { says: 'exists false looks into all elements where it is the first in the alphabet', pattern: { tasks: { error: [{ exists: false }], id: ['a'] } }, matches: [{ tasks: [{ id: 'a' }, { id: 'b' }] }], matchesNot: [{ tasks: [{ id: 'a' }, { id: 'b', error: 1 }] }] },
  { says: 'exists false of a field that an object on the way lacks matches', pattern: { none: { below: [{ exists: false }] } }, matches: [{}, { none: 1 }, { none: { other: 1 } }], matchesNot: [{ none: { below: null } }, { none: [{ below: 1 }] }] },
  { says: 'a name with a dot is a path', pattern: { detail: { state: { status: ['x'] } } }, matches: [{ detail: { 'state.status': 'x' } }, { 'detail.state': { status: 'x' } }], matchesNot: [{ detail: { 'state.status': { status: 'x' } } }] },
  { says: 'a path can be written with a dot', pattern: { 'detail.state': ['x'] }, matches: [{ detail: { state: 'x' } }, { 'detail.state': 'x' }], matchesNot: [{ detail: 'x' }] },
  { says: 'names keep their case', pattern: { Detail: ['x'] }, matches: [{ Detail: 'x' }], matchesNot: [{ detail: 'x' }] },
  { says: 'one way of $or is enough, with what is beside it', pattern: { source: ['x'], $or: [{ metric: ['cpu', 'disk'] }, { namespace: ['ec2'] }] }, matches: [{ source: 'x', metric: 'disk' }, { source: 'x', namespace: 'ec2', metric: 'none' }], matchesNot: [{ source: 'x' }, { metric: 'cpu' }, { source: 'y', metric: 'cpu' }] },
  { says: 'two $or must both match', pattern: { $or: [{ a: [1] }, { b: [1] }], detail: { $or: [{ c: [1] }, { d: [1] }] } }, matches: [{ a: 1, detail: { d: 1 } }, { b: 1, detail: { c: 1 } }], matchesNot: [{ a: 1, b: 1 }, { detail: { c: 1 } }] },
  { says: 'a way of $or can have several fields, and another $or', pattern: { $or: [{ a: [1], $or: [{ b: [1] }, { c: [1] }] }, { d: [1] }] }, matches: [{ a: 1, c: 1 }, { d: 1 }], matchesNot: [{ a: 1 }, { b: 1, c: 1 }] },
  { says: '$or within an object is about that object', pattern: { detail: { $or: [{ 'c-count': [{ numeric: ['>', 0, '<=', 5] }] }, { 'd-count': [{ numeric: ['<', 10] }] }] } }, matches: [{ detail: { 'c-count': 5 } }, { detail: { 'c-count': 6, 'd-count': 9 } }], matchesNot: [{ 'c-count': 5 }, { detail: { 'd-count': 10 } }] },
  { says: 'the fields of a way of $or are of one element', pattern: { lines: { $or: [{ sku: ['a'], quantity: [1] }, { gift: [true] }] } }, matches: [{ lines: [{ sku: 'a', quantity: 1 }] }, { lines: [{ sku: 'b' }, { gift: true }] }], matchesNot: [{ lines: [{ sku: 'a', quantity: 2 }, { sku: 'b', quantity: 1 }] }] },
  { says: 'no pattern matches what is no object', pattern: { a: [{ exists: false }] }, matches: [{}], matchesNot: ['a', 5, null, [{}]] },
];
