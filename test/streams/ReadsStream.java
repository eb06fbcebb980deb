import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * Reads a stream of measurements as Java programs do, by GZIPInputStream. Arguments: "connection" (HttpURLConnection) or "client" (HttpClient,
 * which asks for h2c); "bytes", or "lines" through a BufferedReader, which waits for some KiB of them; and the URL. The key is in KEY. Prints
 * what it has read when it has, and END behind a whole stream.
 */
public class ReadsStream {
  public static void main(String[] arguments) throws Exception {
    InputStream body = arguments[0].equals("client") ? byClient(arguments[2]) : byConnection(arguments[2]);
    InputStream plain = new GZIPInputStream(body);
    if (arguments[1].equals("lines")) {
      BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(line);
      }
    } else {
      byte[] bytes = new byte[8192];
      for (int count = plain.read(bytes); count >= 0; count = plain.read(bytes)) {
        System.out.write(bytes, 0, count);
        System.out.flush();
      }
    }
    System.out.println("END");
  }

  private static InputStream byConnection(String url) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + System.getenv("KEY"));
    connection.setRequestProperty("Accept-Encoding", "gzip");
    return connection.getInputStream();
  }

  private static InputStream byClient(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + System.getenv("KEY"))
        .header("Accept-Encoding", "gzip")
        .build();
    HttpResponse<InputStream> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200 || answer.version() != HttpClient.Version.HTTP_1_1) {
      throw new IllegalStateException(answer.toString());
    }
    return answer.body();
  }
}
