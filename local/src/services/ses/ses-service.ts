import { MODEL } from './model.generated';
import { sesNeeds } from './needs';
import { JsonObject } from '../../json';
import { randomUuid } from '../../random';
import { NeedTable } from '../access/need';
import { Outbox } from '../outbox';
import { Operation, ResourceType, Route, Service } from '../service';
import { ServiceContext } from '../service-context';
import { ServiceError } from '../service-error';

interface Template {
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

/** SES v2: mails are kept in the outbox, and none is sent. */
export class SesService implements Service {
  public readonly name = 'ses';
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::SES::EmailIdentity': {
      used: ['EmailIdentity', 'ConfigurationSetAttributes'],
      ignored: ['DkimAttributes', 'DkimSigningAttributes', 'FeedbackAttributes', 'MailFromAttributes', 'Tags'],
      create: (resource) => {
        const identity = resource.required<string>('EmailIdentity');
        const set = resource.get<JsonObject>('ConfigurationSetAttributes')?.ConfigurationSetName;
        this.defaultSets.set(identity, set === undefined ? undefined : String(set));
        return { ref: identity, attributes: { Arn: resource.arn('ses', `identity/${identity}`) } };
      },
    },
    'AWS::SES::Template': {
      used: ['Template'],
      ignored: ['Tags'],
      create: (resource) => {
        const { TemplateName, SubjectPart, TextPart, HtmlPart } = resource.required<JsonObject>('Template');
        const name = String(TemplateName ?? resource.logicalId);
        this.templates.set(name, {
          subject: String(SubjectPart ?? ''),
          text: String(TextPart ?? ''),
          ...(HtmlPart !== undefined && { html: String(HtmlPart) }),
        });
        return { ref: name, attributes: { Id: name } };
      },
    },
  };

  public readonly operations: Readonly<Record<string, Operation>> = { SendEmail: (input) => this.send(input) };
  public readonly routes: readonly Route[] = [{ method: 'POST', path: '/v2/email/outbound-emails', operation: 'SendEmail' }];
  public readonly model = MODEL;
  public readonly needs: NeedTable;
  /** The default configuration sets of identities. */
  private readonly defaultSets = new Map<string, string | undefined>();
  private readonly templates = new Map<string, Template>();

  constructor(
    private readonly context: ServiceContext,
    private readonly outbox: Outbox,
  ) {
    this.needs = sesNeeds(`arn:aws:ses:${context.region}:${context.account}`, (identity) => this.defaultSets.get(identity));
  }

  private send({ FromEmailAddress, Destination, Content }: JsonObject): JsonObject {
    const { ToAddresses, CcAddresses, BccAddresses } = (Destination ?? {}) as Record<string, string[] | undefined>;
    const to = [...(ToAddresses ?? []), ...(CcAddresses ?? []), ...(BccAddresses ?? [])];
    if (to.length === 0) {
      throw new ServiceError('BadRequestException', 'Destination has no address.');
    }
    this.outbox.add({ channel: 'email', from: String(FromEmailAddress ?? ''), to, ...this.read(Content as JsonObject | undefined) });
    return { MessageId: randomUuid(this.context.random) };
  }

  private read({ Simple, Template, Raw }: JsonObject = {}): Template {
    if (Simple) {
      const { Subject, Body } = Simple as { Subject?: JsonObject; Body?: Record<string, JsonObject | undefined> };
      const html = Body?.Html?.Data;
      return {
        subject: String(Subject?.Data ?? ''),
        text: String(Body?.Text?.Data ?? ''),
        ...(html !== undefined && { html: String(html) }),
      };
    }
    if (Template) {
      return this.fill(Template as JsonObject);
    }
    if (Raw) {
      return { subject: '', text: Buffer.from(String((Raw as JsonObject).Data), 'base64').toString('utf8') };
    }
    throw new ServiceError('BadRequestException', 'Content has none of Simple, Template and Raw.');
  }

  private fill({ TemplateName, TemplateData }: JsonObject): Template {
    const template = this.templates.get(String(TemplateName));
    if (!template) {
      throw new ServiceError('NotFoundException', `Template ${String(TemplateName)} does not exist.`, 404);
    }
    const data = JSON.parse(String(TemplateData ?? '{}')) as JsonObject;
    const fill = (text: string) =>
      text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => {
        if (!Object.hasOwn(data, name)) {
          throw new ServiceError('BadRequestException', `Missing rendering data for ${name}.`);
        }
        return String(data[name]);
      });
    return { subject: fill(template.subject), text: fill(template.text), ...(template.html && { html: fill(template.html) }) };
  }
}
