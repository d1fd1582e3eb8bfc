import { Duration, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * A dashboard whose widgets are made when the app is synthesized, when the workflow has all its parts.
 *
 * @internal
 */
export class OrderDashboard extends cloudwatch.Dashboard {
  constructor(scope: Construct, id: string, dashboardName: string | undefined, rows: () => cloudwatch.IWidget[][]) {
    super(scope, id, { dashboardName, defaultInterval: Duration.hours(24) });
    this.addWidgets(new LateRows(rows));
  }
}

class LateRows implements cloudwatch.IWidget {
  public readonly width = 24;
  private made?: cloudwatch.Column;

  constructor(private readonly rows: () => cloudwatch.IWidget[][]) {}

  public get height(): number {
    return this.column.height;
  }

  public position(x: number, y: number): void {
    this.column.position(x, y);
  }

  public toJson(): any[] {
    const json = this.column.toJson();
    this.made = undefined;
    return json;
  }

  private get column(): cloudwatch.Column {
    this.made ??= new cloudwatch.Column(...this.rows().map((row) => new cloudwatch.Row(...row)));
    return this.made;
  }
}
