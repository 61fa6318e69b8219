Console.Error.WriteLine("usage: see README");
