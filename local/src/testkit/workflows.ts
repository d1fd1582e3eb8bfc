import { CloudTime } from './cloud-time';
import { LocalWorkflow } from './local-workflow';
import { ResourceName } from './named-resource';
import { Sent } from './sent';
import { chooseWorkflow, findWorkflows, WorkflowResources } from './workflow-resources';
import { WorkflowSent } from './workflow-sent';
import { RunningCloud } from '../runtime/running-cloud';

/** The order workflows of a cloud, and what they share: its time, and the record of what was sent. */
export class Workflows {
  private readonly time: CloudTime;
  private readonly sent: Sent;
  private found: Promise<WorkflowResources[]> | undefined;
  private readonly opened = new Map<string, LocalWorkflow>();

  constructor(private readonly cloud: RunningCloud) {
    this.time = new CloudTime(cloud.clock);
    this.sent = new Sent(cloud);
  }

  public async open(name?: ResourceName): Promise<LocalWorkflow> {
    return this.workflowOf(chooseWorkflow(await this.find(), this.cloud.stacks, name));
  }

  public async all(): Promise<LocalWorkflow[]> {
    return (await this.find()).map((resources) => this.workflowOf(resources));
  }

  private find(): Promise<WorkflowResources[]> {
    this.found ??= findWorkflows(this.cloud.stacks, this.cloud.calls);
    return this.found;
  }

  private workflowOf(resources: WorkflowResources): LocalWorkflow {
    const known = this.opened.get(resources.machineArn);
    const workflow = known ?? new LocalWorkflow(this.cloud, resources, this.time, new WorkflowSent(this.sent, resources.failureTopicArn));
    this.opened.set(resources.machineArn, workflow);
    return workflow;
  }
}
