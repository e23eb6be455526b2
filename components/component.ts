/**
 * What a component sends to the engine as its own inputs. Sent along, its arguments would show the component as one
 * more updated resource at each changed setting, and copy every rule into the state a second time.
 */
export const NO_INPUTS = {};
