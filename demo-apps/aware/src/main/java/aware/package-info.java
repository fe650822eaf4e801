/** Programs that use Quicksilver's API. */
package aware;
