package org.quicksilver.queue.protocol;

import org.quicksilver.transaction.TransactionId;

/**
 * The transaction that a request is made under, in the frame of the request: 28 bytes, and no
 * message of its own.
 *
 * @param transaction the transaction
 * @param via node of the client, which becomes the superior of the server's
 * @param carried whether the client answers for the registration of the server: it tells the owner
 *     who took part, and the owner tells its node when it commits. Otherwise the server registers
 *     itself before it works
 */
public record Tag(TransactionId transaction, long via, boolean carried) {}
