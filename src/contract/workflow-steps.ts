/** What stands for the workflow itself where a step is named: in the history of an order, and in what is published of it. */
export const WORKFLOW_STEP = {
  /** An intake received the order. */
  INTAKE: 'intake',
  OPEN_ORDER: 'OpenOrder',
  COMPLETE_ORDER: 'CompleteOrder',
  BEGIN_UNDO: 'BeginUndo',
  FINISH_UNDO: 'FinishUndo',
  RESUME_UNDO: 'ResumeUndo',
  RESOLVE_ORDER: 'ResolveOrder',
  REPAIR_ORDER: 'RepairOrder',
  /** The closing steps of an order whose execution was interrupted after the order was completed. */
  CLOSING_STEPS: 'ClosingSteps',
  /** The order as a whole. */
  ORDER: 'Order',
} as const;

/** What a notification names that concerns no step of the team's. */
export const STEPS_OF_THE_WHOLE_ORDER: readonly string[] = [
  WORKFLOW_STEP.ORDER, WORKFLOW_STEP.OPEN_ORDER, WORKFLOW_STEP.COMPLETE_ORDER, WORKFLOW_STEP.CLOSING_STEPS, WORKFLOW_STEP.REPAIR_ORDER,
];
