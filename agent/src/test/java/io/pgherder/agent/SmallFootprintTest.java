package io.pgherder.agent;

import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class SmallFootprintTest {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    @AfterEach
    void forget() {
        System.clearProperty(TRUST_STORE);
    }

    @Test
    void authoritiesOfTheWorldAreNotRead() throws Exception {
        SmallFootprint.arrange();

        TrustManagerFactory defaults = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        defaults.init((KeyStore) null);

        assertThat(Arrays.stream(defaults.getTrustManagers())
                        .map(X509TrustManager.class::cast)
                        .map(X509TrustManager::getAcceptedIssuers))
                .containsExactly(new X509Certificate[0]);
    }

    @Test
    void whatIsGivenWins() {
        System.setProperty(TRUST_STORE, "/etc/ssl/own.jks");

        SmallFootprint.arrange();

        assertThat(System.getProperty(TRUST_STORE)).isEqualTo("/etc/ssl/own.jks");
    }
}
