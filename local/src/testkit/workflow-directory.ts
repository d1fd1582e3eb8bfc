import { Workflows } from './workflows';
import { Route, Service } from '../services/service';

/** The name that requests to it are signed for. */
export const DIRECTORY = 'order-workflows';
export const DIRECTORY_PATH = '/order-workflows';

/** A workflow, as other processes see it. */
export interface ListedWorkflow {
  readonly path: string;
  /** The name of the function that repairs orders. */
  readonly repairFunction?: string;
}

/** Lists the workflows of this cloud for other processes. No AWS service has such a call. */
export function workflowDirectory(workflows: Workflows): Service {
  const routes: Route[] = [{ method: 'GET', path: DIRECTORY_PATH, operation: 'ListWorkflows' }];
  return {
    name: DIRECTORY,
    types: {},
    routes,
    operations: {
      ListWorkflows: async () => {
        const all = await workflows.all();
        return { workflows: all.map(({ resources: { path, repairFunction } }) => ({ path, ...(repairFunction && { repairFunction }) })) };
      },
    },
  };
}
