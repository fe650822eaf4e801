package org.quicksilver.benchmark;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.arjuna.coordinator.TxControl;
import com.arjuna.ats.arjuna.objectstore.StoreManager;
import com.arjuna.ats.internal.arjuna.objectstore.ShadowNoFileLockStore;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.internal.arjuna.objectstore.hornetq.HornetqJournalEnvironmentBean;
import com.arjuna.ats.internal.arjuna.objectstore.hornetq.HornetqObjectStoreAdaptor;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The peer: begin and commit with two XA resources that do nothing. */
@State(Scope.Benchmark)
public class NarayanaCommits {

  /** Where outcomes are kept. */
  public enum Store {
    /** In memory. */
    VOLATILE,
    /** A file a transaction, forced: the default. */
    FILE,
    /** A journal, forced in groups. */
    JOURNAL;

    private String className() {
      return switch (this) {
        case VOLATILE -> VolatileStore.class.getName();
        case FILE -> ShadowNoFileLockStore.class.getName();
        case JOURNAL -> HornetqObjectStoreAdaptor.class.getName();
      };
    }
  }

  /** Which. */
  @Param({"VOLATILE", "FILE", "JOURNAL"})
  public Store store = Store.VOLATILE;

  private final XAResource one = new Idle();
  private final XAResource other = new Idle();
  private Path directory = Path.of(".");
  private TransactionManager manager;

  /** Made by the harness. */
  public NarayanaCommits() {}

  /** Its settings are those of the JVM: each store has one of its own. */
  @Setup(Level.Trial)
  public void open() throws IOException, CoreEnvironmentBeanException {
    directory = Files.createTempDirectory(Path.of("."), "narayana").toAbsolutePath();
    arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("benchmark");
    for (String name : new String[] {"default", "communicationStore", "stateStore"}) {
      ObjectStoreEnvironmentBean bean =
          BeanPopulator.getNamedInstance(
              ObjectStoreEnvironmentBean.class, name.equals("default") ? null : name);
      bean.setObjectStoreType(store.className());
      bean.setObjectStoreDir(directory.toString());
    }
    HornetqJournalEnvironmentBean journal =
        BeanPopulator.getDefaultInstance(HornetqJournalEnvironmentBean.class);
    journal.setStoreDir(directory.resolve("journal").toString());
    journal.setAsyncIO(false);
    // No timers here either.
    TxControl.setDefaultTimeout(0);
    manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
  }

  /** One transaction. */
  @Benchmark
  public List<XAResource> commit()
      throws NotSupportedException,
          SystemException,
          RollbackException,
          jakarta.transaction.HeuristicMixedException,
          jakarta.transaction.HeuristicRollbackException {
    manager.begin();
    Transaction transaction = manager.getTransaction();
    transaction.enlistResource(one);
    transaction.enlistResource(other);
    manager.commit();
    return List.of(one, other);
  }

  /** Gives the store back. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    StoreManager.shutdown();
    Directories.delete(directory);
  }

  /** Prepared, and committed, by doing nothing. */
  private static final class Idle implements XAResource {
    @Override
    public void commit(Xid xid, boolean onePhase) {}

    @Override
    public void end(Xid xid, int flags) {}

    @Override
    public void forget(Xid xid) {}

    @Override
    public int getTransactionTimeout() {
      return 0;
    }

    @Override
    public boolean isSameRM(XAResource xares) {
      return false;
    }

    @Override
    public int prepare(Xid xid) {
      return XA_OK;
    }

    @Override
    public Xid[] recover(int flag) {
      return new Xid[0];
    }

    @Override
    public void rollback(Xid xid) {}

    @Override
    public boolean setTransactionTimeout(int seconds) {
      return false;
    }

    @Override
    public void start(Xid xid, int flags) {}
  }
}
