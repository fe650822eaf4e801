package org.quicksilver.transaction;

/**
 * Names a participant together with its incarnation: what comes from an older incarnation finds no
 * participant of that name and changes nothing (transaction-manager.md, S9).
 */
public sealed interface ParticipantId permits ProcessParticipant, NodeParticipant {}
