/** What a run of a lab is given, and changes. */
import type { BroughtDisk } from '../sandbox/sandbox.ts';
import type { Draft } from './code/drafts.ts';
import type { LabMessages } from './messages/lab-messages.ts';
import type { ErrorLink } from './output/error-link.ts';
import type { LabOutput } from './output/lab-output.ts';
import type { LabData, LabPage } from './page-data.ts';
import type { Session } from './session.ts';
import type { LabStorage } from './storage/lab-storage.ts';
import type { LabSteps } from './time/steps.ts';

/** What a run goes through. */
export interface RunParts {
  readonly page: LabPage;
  readonly data: LabData;
  /** A disk in the place of the platform's own; null where the runtime is the platform's. */
  readonly brought: BroughtDisk | null;
  readonly output: LabOutput;
  readonly errorLink: ErrorLink;
  readonly steps: LabSteps;
  readonly messages: LabMessages;
  readonly storage: LabStorage;
  /** The texts as they are now, by name. */
  readonly texts: () => Draft;
  /** The lab's session becomes another one, and is shown. */
  readonly change: (to: (session: Session) => Session) => void;
}
