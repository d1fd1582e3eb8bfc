import { compileBatching } from './map-batches';
import { compileItems, STATE_DATA } from './map-items';
import { Iteration } from './map-iterations';
import { compileProcessor } from './map-processor';
import { compileTolerance } from './map-tolerance';
import { compileNumber } from './number-field';
import { compileTransition } from './transition';
import { Json } from '../../json';
import { CompileWorkflow } from '../compile-workflow';
import { StateSource } from '../data-flow';
import { ErrorHandling } from '../error-handling';
import { MapItem } from '../scope';
import { State, Step } from '../state';
import { Visit } from '../visit';

/** How many iterations run at once, whatever MaxConcurrency says: the documentation of Map states in inline and distributed mode. */
const MOST_INLINE = 40;
const MOST_CHILDREN = 10_000;

export function compileMap(source: StateSource, compileWorkflow: CompileWorkflow): State {
  const { name, fields, flow } = source;
  const next = compileTransition(fields);
  const processor = compileProcessor(fields, compileWorkflow);
  const { items, selectItem } = compileItems(source, processor.distributed);
  const concurrency = compileNumber(source, 'MaxConcurrency', {
    kind: 'integer',
    check: (value) => (value < 0 ? 'MaxConcurrency cannot be negative.' : undefined),
  });
  const tolerance = compileTolerance(source);
  const batching = compileBatching(source);
  if (batching && !processor.distributed) {
    throw fields.error('ItemBatcher', 'needs a distributed map; set the Mode in its ProcessorConfig to DISTRIBUTED');
  }
  const handling = new ErrorHandling(source);

  const attempt = async (visit: Visit): Promise<Step> => {
    const input = flow.input(visit);
    const about = visit.about({ document: input });
    const list = await items(about);
    const atOnce = Math.min((await concurrency?.(about)) || Infinity, processor.distributed ? MOST_CHILDREN : MOST_INLINE);
    visit.record('MapStateStarted', { length: list.length });
    const tolerated = await tolerance(about, list.length);
    const select = (item: MapItem) => selectItem(visit, input, item);
    const iterations = batching
      ? inputsOf(await batching(about, await Promise.all(list.map(select))))
      : list.map((item): Iteration => ({ item, input: () => select(item) }));
    const results = await processor.run({ visit, iterations, atOnce, tolerated });
    const { output, assigned } = await flow.complete(visit, input, results);
    return { output: visit.payload(output), assigned, next };
  };

  return {
    name,
    type: 'Map',
    retries: true,
    run: (visit) =>
      handling.run(
        visit,
        () => attempt(visit),
        () => visit.record('MapStateFailed'),
      ),
  };
}

function inputsOf(batches: Json[]): Iteration[] {
  return batches.map((batch, Index) => ({ item: { Index, Value: batch, Source: STATE_DATA }, input: () => batch }));
}
