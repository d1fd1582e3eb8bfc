import { StateSource } from '../data-flow';
import { State } from '../state';

export function compileSucceed({ name, flow }: StateSource): State {
  return {
    name,
    type: 'Succeed',
    retries: false,
    async run(visit) {
      const { output } = await flow.handOn(visit, flow.input(visit));
      return { output: visit.payload(output), next: undefined };
    },
  };
}
