/** What the search's dialog says, and where the contents are. */
import type { Strings } from '../../i18n/strings.ts';

export type SearchWords = Strings['search'] & { readonly contentsPage: string };
