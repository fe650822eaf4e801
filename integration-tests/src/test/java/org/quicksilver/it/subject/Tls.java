package org.quicksilver.it.subject;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** What both sides need of a store: the key of the server, which is trusted by the client. */
public final class Tls {

  /** Of every store; they live as long as a test. */
  public static final String PASSWORD = "localhost";

  private Tls() {}

  /** Who has it, is who it says, and believes who has it. */
  static SSLContext context(String store) throws GeneralSecurityException, IOException {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys(store), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), new TrustManager[] {trusted(store)}, null);
    return context;
  }

  /** Who believes them. */
  static X509TrustManager trusted(String store) throws GeneralSecurityException, IOException {
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys(store));
    return (X509TrustManager) trusted.getTrustManagers()[0];
  }

  private static KeyStore keys(String store) throws GeneralSecurityException, IOException {
    return KeyStore.getInstance(new File(store), PASSWORD.toCharArray());
  }
}
