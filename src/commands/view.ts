import type { Conclusion } from '../domain/conclusion.ts';
import type { RowFilter } from '../domain/rows.ts';
import type { EndFigures } from '../output/json.ts';
import type { Clocks } from '../watch/clocks.ts';
import type { RolloutStore } from '../watch/store.ts';
import type { Characters } from './characters.ts';

/** One way to show a watch. */
export interface View {
  /** Ends the view and tells the conclusion. */
  close(conclusion: Conclusion, figures: EndFigures): Promise<void>;
}

/** What every view is made of. */
export interface ViewParts {
  readonly commandId: string;
  readonly store: RolloutStore;
  readonly clocks: Clocks;
  readonly shown: RowFilter;
  readonly colours: boolean;
  readonly characters: Characters;
}
