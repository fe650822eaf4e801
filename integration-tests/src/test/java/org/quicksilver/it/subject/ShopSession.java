package org.quicksilver.it.subject;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/** A session with ZooKeeper, kept for all requests. */
final class ShopSession implements Shop.Store {

  private static final int TIMEOUT = 30_000;

  private final ZooKeeper keeper;

  ShopSession(String port) throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    keeper =
        new ZooKeeper(
            "localhost:" + port,
            TIMEOUT,
            event -> {
              if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    if (!connected.await(TIMEOUT, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("no ZooKeeper on port " + port);
    }
  }

  @Override
  public String serve() throws KeeperException, InterruptedException {
    byte[] text = "an order".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20; i++) {
      keeper.create("/order-", text, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
    }
    return keeper.getChildren("/", false).size() + " nodes";
  }

  @Override
  public void close() throws InterruptedException {
    keeper.close();
  }
}
