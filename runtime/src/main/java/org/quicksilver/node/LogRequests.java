package org.quicksilver.node;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.quicksilver.log.LogExtent;
import org.quicksilver.log.LogParticipant;
import org.quicksilver.log.Lsn;

/** Does {@code log-force} and {@code log-checkpoint}. Node thread only. */
final class LogRequests {

  private final NodeRecords records;

  LogRequests(NodeRecords records) {
    this.records = records;
  }

  /** Answered when all that was written before survives a power failure. */
  CompletableFuture<Map<String, Object>> force(Request request) throws RequestException {
    request.needsOwner();
    return records.force().thenApply(this::extent);
  }

  /** Answered when what nobody needs any more is gone. */
  CompletableFuture<Map<String, Object>> checkpoint(Request request) throws RequestException {
    request.needsOwner();
    return records.checkpoint().thenApply(this::extent);
  }

  private Map<String, Object> extent(LogExtent extent) {
    return Map.of(
        "forced",
        Lsn.text(extent.forced()),
        "lowWater",
        Lsn.text(records.lowWater()),
        "segments",
        extent.segments(),
        "bytes",
        extent.bytes(),
        "holder",
        extent.holder().map(LogParticipant::name).orElse(""));
  }
}
