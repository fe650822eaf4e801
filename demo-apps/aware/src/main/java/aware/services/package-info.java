/**
 * The file system of the QuickSilver paper as service queues: a window manager, a file server that
 * calls a directory server and two data servers, and a client. {@link aware.services.Demo} kills
 * any of them in the middle, and shows the tree of the transaction and what each gave back.
 */
package aware.services;
