import { machineOf, run } from './running';
import { Json, JsonObject } from '../../src';

const store: JsonObject = {
  book: [
    { title: 'A', price: 8, tags: ['x', 'y'] },
    { title: 'B', price: 12 },
    { 'title': 'C', 'price': 22, 'isbn-13': '978' },
  ],
  bicycle: { 'price': 19, "owner's": 'me' },
};

test.each<[string, Json]>([
  ['$.bicycle.price', 19],
  ["$['bicycle']['price']", 19],
  ["$.bicycle['owner\\'s']", 'me'],
  ['$.book[2].isbn-13', '978'],
  ['$.book[0].title', 'A'],
  ['$.book[-1].title', 'C'],
  ['$.book[0,2].title', ['A', 'C']],
  ['$.book[0:2].title', ['A', 'B']],
  ['$.book[1:].price', [12, 22]],
  ['$.book[:-1].price', [8, 12]],
  ['$.book[0:3:2].price', [8, 22]],
  ['$.book[*].title', ['A', 'B', 'C']],
  ['$.bicycle.*', [19, 'me']],
  ['$..price', [8, 12, 22, 19]],
  ['$.book[?(@.price < 20)].title', ['A', 'B']],
  ["$.book[?(@.title == 'B')]", [{ title: 'B', price: 12 }]],
  ['$.book[?(@.tags)].title', ['A']],
  ['$.book[?(@.price > 10 && !(@.price > 20))].title', ['B']],
  ["$.book[?(@.title == 'A' || @.price >= $.bicycle.price)].title", ['A', 'C']],
  ['$.book[?(@.title =~ /[a-b]/i)].title', ['A', 'B']],
  ['$.book[?(@.price in [8, 22])].title', ['A', 'C']],
  ["$.book[?(@.title nin ['A'])].title", ['B', 'C']],
  ['$.nothing[*].here', []],
  ['$.book.length()', 3],
  ['$.book[0].title.length()', 1],
  ['$.bicycle.length()', 2],
  ['$.book[*].price.max()', 22],
  ['$.book[*].price.min()', 8],
  ['$.book[*].price.sum()', 42],
  ['$..price.avg()', 15.25],
  ["$.bicycle['price', 'color']", [{ price: 19 }]],
  ['$.book[?(@.tags.length() == 2)].title', ['A']],
  ['$.book[?(@.price != 12 && @.price <= 22)].title', ['A', 'C']],
  ["$.book[?(@.title > 'A' && @.title < 'C')].title", ['B']],
  ['$.book[?(@.none == null)].title', []],
  ['$.book[*].price.none', []],
])('%s finds %j', async (path, found) => {
  expect(await run(machineOf({ Type: 'Pass', Parameters: { 'v.$': path } }), store)).toMatchObject({ output: { v: found } });
});

test.each(['$.none', '$.book[9]', '$.book.title', '$$.Nothing', '$nothing', '$.bicycle.max()', '$.book[0].price.length()'])('%s leads nowhere and fails the execution', async (path) => {
  expect(await run(machineOf({ Type: 'Pass', Parameters: { 'v.$': path } }), store)).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: expect.stringContaining(`The JSONPath '${path}' specified for the field 'v.$' could not be found in the input`),
  });
});

test('a missing place of InputPath is reported with its path', async () => {
  expect(await run(machineOf({ Type: 'Pass', InputPath: '$.a.b' }), { a: {} })).toMatchObject({
    cause: expect.stringContaining("Invalid path '$.a.b' : No results for path: $['a']['b']"),
  });
});

/** As recorded from AWS: localstack/localstack, test_base_scenarios.snapshot.json, test_catch_states_runtime. */
test('a place that is missing on the way is reported with the first property that is missing', async () => {
  expect(await run(machineOf({ Type: 'Pass', InputPath: '$.a.b.c.d' }), { a: {} })).toMatchObject({
    cause: expect.stringContaining("Invalid path '$.a.b.c.d' : Missing property in path $['a']['b']"),
  });
});
