/**
 * A bank in recoverable memory. {@link aware.bank.Vault} is how a program uses it; {@link
 * aware.bank.Bank} kills that program and looks what is left.
 */
package aware.bank;
