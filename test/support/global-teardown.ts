import { undoSetup } from './global-setup';

export default undoSetup;
